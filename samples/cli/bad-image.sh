#!/usr/bin/env bash
# A bad image meets production: the roll stops at a gate, the decision log says why, a mended image goes on.
source "$(dirname "$0")/_common.sh"

production
vmss emulator faults add unhealthy-after-upgrade -o none # what is wrong with image 24.04.2

heading 'Image 24.04.2 rolls out:'
new_image 24.04.2 --no-wait
vmss watch || echo "  it failed: vmss watch ended with $?"
show

heading 'Why did it stop?'
vmss log --kind UpgradedGateFailed UpgradeFaulted

heading 'Image 24.04.3 is mended, and rolls out:'
vmss emulator faults clear -g "$group" -n web -o none
new_image 24.04.3
vmss rolling-upgrade get-latest -o table
show
