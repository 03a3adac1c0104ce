#!/usr/bin/env bash
# Upgrade mode Manual, and two groups: the canaries get the new image first, the rest when they have done well.
source "$(dirname "$0")/_common.sh"

# Who has the new image, and is not well with it.
sick() {
  vmss list-instances --expand instanceView -o tsv --query \
    "[?latestModelApplied && instanceView.vmHealth.status.code!='HealthState/healthy'].instanceId" </dev/null
}

production
vmss update --upgrade-policy-mode Manual -o none --only-show-errors

heading 'The model gets image 24.04.2, and nobody moves:'
new_image 24.04.2
show
vmss pending -o tsv --query "[?remedy=='upgrade'] | length(@)" --only-show-errors | sed 's/$/ instances wait for vmss update-instances/; s/^/  /'

heading 'The canaries 0 and 1 first:'
vmss update-instances --instance-ids 0 1 --only-show-errors
vmss emulator clock --settle -o none # their health is read
show

heading 'Half an hour later:'
vmss emulator clock --advance PT30M -o none
if [ -n "$(sick)" ]; then
  echo "  not well: $(sick); nobody else is touched"
  exit 1
fi
echo '  the canaries are well'

heading 'The other 8, 4 at a time:'
vmss list-instances -o tsv --query '[?!latestModelApplied].instanceId' | xargs -n 4 | while read -r some; do
  vmss update-instances --instance-ids $some --only-show-errors </dev/null
  vmss emulator clock --settle -o none
  if [ -n "$(sick)" ]; then
    echo "  not well: $(sick); nobody else is touched"
    exit 1
  fi
  echo "  instances $some are upgraded and healthy"
done
show
