@{
    RootModule             = 'lib/IExec.Task.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '6a1f3c52-0f0e-4b5d-9a53-6d2b9a7c4f10'
    Author                 = 'The IExec.Task authors'
    CompanyName            = 'The IExec.Task authors'
    Copyright              = '(c) The IExec.Task authors. Apache-2.0.'
    Description            = 'Work with iExec tasks from PowerShell: read, watch, explain, save verified results, and claim refunds.'
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')
    FormatsToProcess       = @('lib/IExec.Task.Format.ps1xml')
    CmdletsToExport        = @(
        'Connect-IExec'
        'Disconnect-IExec'
        'Export-IExecDealReport'
        'Find-IExecDeal'
        'Find-IExecTask'
        'Get-IExecChain'
        'Get-IExecConnection'
        'Get-IExecDeal'
        'Get-IExecTask'
        'Get-IExecTaskDiagnosis'
        'Get-IExecTaskEvent'
        'Get-IExecTaskLog'
        'Get-IExecTaskOffchainInfo'
        'Get-IExecWorkerpool'
        'Invoke-IExecTaskClaim'
        'Save-IExecTaskResult'
        'Wait-IExecTask'
        'Watch-IExecTask'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('iExec', 'Ethereum', 'Blockchain', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ProjectUri   = 'https://www.powershellgallery.com/packages/IExec.Task'
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            ReleaseNotes = 'The first version: reads, follows and explains tasks, saves verified results, claims refunds.'
        }
    }
}
