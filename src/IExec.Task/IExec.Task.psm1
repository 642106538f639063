# Loads the assembly that fits the running edition; the cmdlets are all in it.
$framework = if ([Environment]::Version.Major -ge 8) { 'net8.0' } else { 'netstandard2.0' }
Import-Module -Name ([IO.Path]::Combine($PSScriptRoot, $framework, 'IExec.Task.dll'))
Export-ModuleMember -Cmdlet '*'
