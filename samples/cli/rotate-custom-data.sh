#!/usr/bin/env bash
# The join token in the custom data is rotated: everybody counts as up to date, and nobody has it before a reimage.
source "$(dirname "$0")/_common.sh"

production --custom-data 'join-token=1'

heading 'The model gets new custom data:'
vmss update --custom-data 'join-token=2' -o none --only-show-errors
vmss list-instances -o tsv --query '[?latestModelApplied] | length(@)' | sed 's/$/ of 10 have the latest model/; s/^/  /'
vmss pending -o tsv --only-show-errors --query "[?remedy=='reimage'] | length(@)" | sed 's/$/ of 10 start with it only after a reimage/; s/^/  /'

heading 'Reimage, 2 at a time, the next ones when these are healthy:'
vmss pending -o tsv --only-show-errors --query "[?remedy=='reimage'].instanceId" | xargs -n 2 | while read -r pair; do
  vmss reimage --instance-ids $pair --only-show-errors </dev/null
  vmss wait --healthy </dev/null
  echo "  instances $pair start with it, and are healthy"
done
vmss pending -o tsv --only-show-errors --query "[?remedy=='reimage'] | length(@)" | sed 's/$/ left/; s/^/  /'
