# What the stories share: where they run, the scale set that they begin with, and what they show of it.
set -euo pipefail

group=shop
# Without VMSS_ENDPOINT an emulator that is kept in a file of its own, and gone with it.
if [ -z "${VMSS_ENDPOINT:-}" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  export VMSS_ENDPOINT=in-process VMSS_STATE=$folder/story.state
else
  # Faults, images and time are to order: on Azure this fails, before anything is made.
  vmss emulator status -o none
  group=shop-$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')
  trap 'vmss group delete -n "$group" --yes -o none --only-show-errors' EXIT
fi
export AZURE_DEFAULTS_GROUP=$group AZURE_DEFAULTS_VMSS=web # so that no command has to name them

image=Canonical:ubuntu-24_04-lts:server

heading() { printf '\n%s\n' "$1"; }

# Ten healthy instances; what is said besides is for `vmss create`.
production() {
  vmss group create -n "$group" -l westus2 -o none
  vmss emulator publish-image --image $image --version 24.04.1 -o none
  vmss create --orchestration-mode Uniform --image $image:24.04.1 --instance-count 10 --disable-overprovision \
    --admin-username ops --admin-password Only-For-Samples-1 --lb "" \
    --upgrade-policy-mode Rolling --max-batch-instance-percent 20 --max-unhealthy-instance-percent 20 \
    --max-unhealthy-upgraded-instance-percent 20 --pause-time-between-batches PT30S "$@" -o none --only-show-errors
  vmss emulator clock --settle -o none
}

# Bring a new image into the model; what happens to the instances is up to the upgrade policy.
new_image() {
  vmss update --set "virtualMachineProfile.storageProfile.imageReference.version=$1" -o none --only-show-errors "${@:2}"
}

# Who has which image, and how they are.
show() {
  vmss list-instances --expand instanceView -o tsv --query \
    "[].[storageProfile.imageReference.exactVersion, instanceView.vmHealth.status.code, instanceId]" |
    awk '{ sub(".*/", "", $2); key = sprintf("  image %s  %-9s", $1, $2); ids[key] = ids[key] " " $3 }
         END { for (key in ids) print key "  instances" ids[key] }' | sort
}
