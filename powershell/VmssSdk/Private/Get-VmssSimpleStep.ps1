function Get-VmssSimpleStep {
    <#
    .SYNOPSIS
        What New-AzVmss with simple parameters has to do, step by step, and the name under which the scale set answers.
    .PARAMETER Cmdlet
        The cmdlet that asks.
    .PARAMETER Bound
        The parameters that it got.
    #>
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [Parameter(Mandatory)] [System.Management.Automation.PSCmdlet] $Cmdlet,
        [Parameter(Mandatory)] [System.Collections.IDictionary] $Bound
    )
    $given = @{} + $Bound
    $plan = Get-VmssSimplePlan -Cmdlet $Cmdlet -Bound $given
    if ($given.ContainsKey('UpgradePolicyMode') -and $plan.OrchestrationMode -eq 'Flexible') {
        Write-VmssWarning -Cmdlet $Cmdlet -Text '-UpgradePolicyMode has no effect without -OrchestrationMode Uniform, as in Az.Compute.'
        $given.Remove('UpgradePolicyMode')
    }
    if ($given['SecurityType'] -eq 'Standard') {
        # The absence of a security profile is what the service calls Standard.
        'SecurityType', 'EnableVtpm', 'EnableSecureBoot' | ForEach-Object -Process { $given.Remove($_) }
    } elseif (-not ($given['SecurityType'] -or $given['ImageName'] -or $given['ImageReferenceId'] -or $given['SharedGalleryImageId'])) {
        $given['SecurityType'] = 'TrustedLaunch'
    }
    if ($given['SystemAssignedIdentity'] -and $given['UserAssignedIdentity']) {
        $given['IdentityType'] = 'SystemAssignedUserAssigned'
    } elseif ($given['SystemAssignedIdentity'] -or $given['UserAssignedIdentity']) {
        $given['IdentityType'] = if ($given['UserAssignedIdentity']) { 'UserAssigned' } else { 'SystemAssigned' }
    }
    if ($given['UserAssignedIdentity']) { $given['IdentityId'] = @($given['UserAssignedIdentity']) }
    foreach ($name in 'ImageReferenceId', 'SharedGalleryImageId', 'SinglePlacementGroup') { $given.Remove($name) }
    $network = Get-VmssNetworkStep -Cmdlet $Cmdlet -Plan $plan
    $model = New-VmssSimpleModel -Bound $Bound -Plan $plan -Network $network -Credential $given['Credential']
    $null = Set-VmssBoundMember -Cmdlet $Cmdlet -Bound $given -InputObject $model -Model 'VirtualMachineScaleSet'
    $write = @{
        resourceGroup = $plan.ResourceGroupName; scaleSet = $plan.Name; model = $model
        ifMatch = $given['IfMatch']; ifNoneMatch = $given['IfNoneMatch']
    }
    return @{
        steps   = @($network.Steps) + (New-VmssStep -Method 'scaleSet.createOrUpdate' -Params $write)
        members = [pscustomobject]@{ FullyQualifiedDomainName = "$($plan.DomainNameLabel).$($plan.Location).cloudapp.azure.com" }
        image   = $plan.Image.Reference
    }
}
