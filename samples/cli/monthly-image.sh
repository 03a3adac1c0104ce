#!/usr/bin/env bash
# The image of the month: it comes by itself, not during a freeze, and a bad one goes back. The history tells.
source "$(dirname "$0")/_common.sh"

publish() { vmss emulator publish-image --image $image --version "$1" -o none; }
days() { vmss emulator clock --advance "P$1D" -o none; }
automatic() { vmss update --enable-auto-os-upgrade "$1" -o none --only-show-errors; }

production
vmss update -o none --only-show-errors --set virtualMachineProfile.storageProfile.imageReference.version=latest
automatic true
show

heading 'The image of October is published, and nobody does anything:'
publish 24.04.202610010
days 1
show

heading 'The image of November is published, but during a sale nothing changes:'
automatic false
publish 24.04.202611010
days 3
show

heading 'The maintenance window after it: somebody starts the upgrade by hand, and the freeze is over:'
vmss rolling-upgrade start --only-show-errors
automatic true
show

heading 'The image of December is published, and does not come up:'
vmss emulator faults add unhealthy-after-upgrade -o none
publish 24.04.202612010
days 1
show

heading 'A day later it is published once more, mended:'
vmss emulator faults clear -g "$group" -n web -o none
publish 24.04.202612020
days 1
show

heading 'What happened, the newest first:'
vmss get-os-upgrade-history -o table --query \
  '[].properties.{Image:targetImageReference.version, Status:runningStatus.code, By:startedBy,
     Upgraded:progress.successfulInstanceCount, Failed:progress.failedInstanceCount}'
