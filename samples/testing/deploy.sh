#!/usr/bin/env bash
# Deploy an image version, and say whether it went well: exit code 1, and the reason, when the roll stopped.
# usage: deploy.sh GROUP NAME VERSION
set -euo pipefail
group=$1 name=$2 version=$3

vmss update -g "$group" -n "$name" --only-show-errors --no-wait -o none \
  --set "virtualMachineProfile.storageProfile.imageReference.version=$version"
if vmss watch -g "$group" -n "$name" -o none; then
  echo "deployed $version"
else
  vmss rolling-upgrade get-latest -g "$group" -n "$name" -o tsv --query error.code
  exit 1
fi
