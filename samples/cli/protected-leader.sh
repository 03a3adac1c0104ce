#!/usr/bin/env bash
# Instance 9 leads a cluster: a roll and a scale-in pass it by, then another one takes over and it gets its turn.
source "$(dirname "$0")/_common.sh"

production
heading 'Instance 9 leads, and is protected.'
vmss protect --instance-ids 9 --from-scale-set-actions -o none --only-show-errors

heading 'Image 24.04.2 rolls out:'
new_image 24.04.2
show

heading 'A reimage of all would pass it by as well:'
vmss reimage --dry-run --only-show-errors -o tsv --query "[?touched!='yes'].[instanceId, touched]"

heading 'Somebody names the leader all the same:'
vmss update-instances --instance-ids 9 2>&1 >/dev/null | head -1 || true

heading 'Ten are too many at night. The two with the highest ids would go, and 9 is one of them:'
vmss scale --new-capacity 8 -o none --only-show-errors
show

heading 'Instance 1 takes over, and is protected instead. An update that changes nothing:'
vmss protect --instance-ids 9 --from-scale-set-actions false -o none --only-show-errors
vmss protect --instance-ids 1 --from-scale-set-actions -o none --only-show-errors
vmss update -o none --only-show-errors
show
