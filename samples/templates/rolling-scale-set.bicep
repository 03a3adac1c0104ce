@description('Of the scale set and of all that belongs to it.')
@minLength(1)
@maxLength(40)
param name string = 'web'

@description('Where everything is created.')
param location string = resourceGroup().location

@description('How many instances there are.')
@minValue(1)
@maxValue(1000)
param instanceCount int = 3

@description('The size of an instance.')
param vmSize string = 'Standard_D2s_v5'

@description('The zones that instances are spread over; none: the region decides.')
param zones array = []

param adminUsername string = 'azureuser'

@description('A password, or an SSH public key.')
@secure()
param adminPasswordOrKey string

@allowed(['password', 'sshPublicKey'])
param authenticationType string = 'sshPublicKey'

@description('The image that instances are made of.')
param imageReference object = {
  publisher: 'Canonical'
  offer: '0001-com-ubuntu-server-jammy'
  sku: '22_04-lts-gen2'
  version: 'latest'
}

@description('How much of the scale set is upgraded at a time, and when an upgrade gives up.')
param rollingUpgradePolicy object = {
  maxBatchInstancePercent: 20
  maxUnhealthyInstancePercent: 20
  maxUnhealthyUpgradedInstancePercent: 20
  pauseTimeBetweenBatches: 'PT30S'
  prioritizeUnhealthyInstances: true
}

var networkName = '${name}-network'
var securityGroupName = '${name}-security'
var addressName = '${name}-address'
var balancerName = '${name}-balancer'
var frontend = 'frontend'
var backend = 'instances'
var linuxConfiguration = {
  disablePasswordAuthentication: true
  ssh: {
    publicKeys: [
      {
        path: '/home/${adminUsername}/.ssh/authorized_keys'
        keyData: adminPasswordOrKey
      }
    ]
  }
}

resource security 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: securityGroupName
  location: location
  properties: {
    securityRules: [
      {
        name: 'allow-http'
        properties: {
          protocol: 'Tcp'
          sourcePortRange: '*'
          destinationPortRange: '80'
          sourceAddressPrefix: '*'
          destinationAddressPrefix: '*'
          access: 'Allow'
          priority: 1000
          direction: 'Inbound'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: networkName
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.0.0.0/16']
    }
    subnets: [
      {
        name: 'instances'
        properties: {
          addressPrefix: cidrSubnet('10.0.0.0/16', 20, 0)
          networkSecurityGroup: {
            id: security.id
          }
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: addressName
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
    dnsSettings: {
      domainNameLabel: '${toLower(name)}-${uniqueString(resourceGroup().id)}'
    }
  }
}

resource balancer 'Microsoft.Network/loadBalancers@2024-05-01' = {
  name: balancerName
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    frontendIPConfigurations: [
      {
        name: frontend
        properties: {
          publicIPAddress: {
            id: address.id
          }
        }
      }
    ]
    backendAddressPools: [
      {
        name: backend
      }
    ]
    probes: [
      {
        name: 'health'
        properties: {
          protocol: 'Http'
          port: 80
          requestPath: '/health'
          intervalInSeconds: 5
          numberOfProbes: 2
        }
      }
    ]
    loadBalancingRules: [
      {
        name: 'http'
        properties: {
          protocol: 'Tcp'
          frontendPort: 80
          backendPort: 80
          frontendIPConfiguration: {
            id: resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', balancerName, frontend)
          }
          backendAddressPool: {
            id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', balancerName, backend)
          }
          probe: {
            id: resourceId('Microsoft.Network/loadBalancers/probes', balancerName, 'health')
          }
        }
      }
    ]
  }
}

resource scaleSet 'Microsoft.Compute/virtualMachineScaleSets@2024-07-01' = {
  name: name
  location: location
  sku: {
    name: vmSize
    tier: 'Standard'
    capacity: instanceCount
  }
  zones: empty(zones) ? null : zones
  properties: {
    orchestrationMode: 'Uniform'
    overprovision: false
    upgradePolicy: {
      mode: 'Rolling'
      rollingUpgradePolicy: rollingUpgradePolicy
    }
    virtualMachineProfile: {
      storageProfile: {
        osDisk: {
          createOption: 'FromImage'
          caching: 'ReadWrite'
          managedDisk: {
            storageAccountType: 'Premium_LRS'
          }
        }
        imageReference: imageReference
      }
      osProfile: {
        computerNamePrefix: take(name, 9)
        adminUsername: adminUsername
        adminPassword: authenticationType == 'password' ? adminPasswordOrKey : null
        linuxConfiguration: authenticationType == 'password' ? null : linuxConfiguration
      }
      networkProfile: {
        healthProbe: {
          id: resourceId('Microsoft.Network/loadBalancers/probes', balancerName, 'health')
        }
        networkInterfaceConfigurations: [
          {
            name: '${name}-nic'
            properties: {
              primary: true
              ipConfigurations: [
                {
                  name: '${name}-ip'
                  properties: {
                    subnet: {
                      id: resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'instances')
                    }
                    loadBalancerBackendAddressPools: [
                      {
                        id: resourceId('Microsoft.Network/loadBalancers/backendAddressPools', balancerName, backend)
                      }
                    ]
                  }
                }
              ]
            }
          }
        ]
      }
    }
  }
  dependsOn: [
    network
    balancer
  ]
}

output scaleSetId string = scaleSet.id
output upgradeMode string = scaleSet.properties.upgradePolicy.mode
output hostName string = address.properties.dnsSettings.domainNameLabel
