# Loads the assembly that fits the running edition; the cmdlets are all in it.
$framework = if ([Environment]::Version.Major -ge 8) { 'net8.0' } else { 'netstandard2.0' }
$assembly = [IO.Path]::Combine($PSScriptRoot, $framework, 'IExec.Task.dll')
if (-not [IO.File]::Exists($assembly)) {
    throw "IExec.Task is not built yet. Run 'dotnet build' in $([IO.Path]::GetDirectoryName($PSScriptRoot)), then import it again."
}
Import-Module -Name $assembly
Export-ModuleMember -Cmdlet '*'
