<?xml version="1.0" encoding="utf-8"?>
<!--
  Makes the help file that Get-Help reads (MAML) from the files of the cmdlets beside this one, all in one element, help. MAML says everything about a parameter twice,
  once for each parameter set and once more; here it is written once. IExec.Task.PackageTests compares all of it with the cmdlets.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:maml="http://schemas.microsoft.com/maml/2004/10"
    xmlns:command="http://schemas.microsoft.com/maml/dev/command/2004/10"
    xmlns:dev="http://schemas.microsoft.com/maml/dev/2004/10">
  <xsl:output method="xml" encoding="utf-8" indent="yes" />

  <xsl:variable name="shared" select="/help/shared" />

  <xsl:template match="/help">
    <helpItems schema="maml" xmlns="http://msh">
      <xsl:apply-templates select="cmdlet"><xsl:sort select="@name" /></xsl:apply-templates>
    </helpItems>
  </xsl:template>

  <xsl:template match="cmdlet">
    <xsl:variable name="parameters" select="parameter | $shared/group[@name = current()/use]/parameter" />
    <command:command>
      <command:details>
        <command:name><xsl:value-of select="@name" /></command:name>
        <command:verb><xsl:value-of select="substring-before(@name, '-')" /></command:verb>
        <command:noun><xsl:value-of select="substring-after(@name, '-')" /></command:noun>
        <maml:description><xsl:apply-templates select="synopsis" /></maml:description>
      </command:details>
      <maml:description><xsl:apply-templates select="description/p" /></maml:description>
      <command:syntax>
        <xsl:call-template name="syntax">
          <xsl:with-param name="sets" select="concat(normalize-space(@sets), ' ')" />
          <xsl:with-param name="parameters" select="$parameters" />
        </xsl:call-template>
      </command:syntax>
      <command:parameters>
        <xsl:apply-templates select="$parameters"><xsl:sort select="@name" /></xsl:apply-templates>
      </command:parameters>
      <command:inputTypes><xsl:apply-templates select="input" /></command:inputTypes>
      <command:returnValues><xsl:apply-templates select="output" /></command:returnValues>
      <maml:alertSet><maml:alert><xsl:apply-templates select="notes/p" /></maml:alert></maml:alertSet>
      <command:examples><xsl:apply-templates select="example" /></command:examples>
      <command:relatedLinks><xsl:apply-templates select="link" /></command:relatedLinks>
    </command:command>
  </xsl:template>

  <!-- One syntax item for each parameter set: those parameters that name the set, or none, which are in all. Positional ones come first. -->
  <xsl:template name="syntax">
    <xsl:param name="sets" />
    <xsl:param name="parameters" />
    <xsl:variable name="set" select="concat(' ', substring-before($sets, ' '), ' ')" />
    <xsl:variable name="members" select="$parameters[not(@sets) or contains(concat(' ', @sets, ' '), $set)]" />
    <command:syntaxItem>
      <maml:name><xsl:value-of select="@name" /></maml:name>
      <xsl:apply-templates select="$members[@position]"><xsl:sort select="@position" data-type="number" /></xsl:apply-templates>
      <xsl:apply-templates select="$members[not(@position) and @required]" />
      <xsl:apply-templates select="$members[not(@position) and not(@required)]" />
    </command:syntaxItem>
    <xsl:if test="substring-after($sets, ' ')">
      <xsl:call-template name="syntax">
        <xsl:with-param name="sets" select="substring-after($sets, ' ')" />
        <xsl:with-param name="parameters" select="$parameters" />
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="parameter">
    <command:parameter required="{@required = 'true'}" variableLength="{contains(@type, '[]')}" globbing="{@globbing = 'true'}">
      <xsl:attribute name="pipelineInput">
        <xsl:choose>
          <xsl:when test="@pipeline">True (<xsl:value-of select="@pipeline" />)</xsl:when>
          <xsl:otherwise>False</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="position">
        <xsl:choose>
          <xsl:when test="@position"><xsl:value-of select="@position" /></xsl:when>
          <xsl:otherwise>named</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:attribute name="aliases">
        <xsl:choose>
          <xsl:when test="@aliases"><xsl:value-of select="@aliases" /></xsl:when>
          <xsl:otherwise>none</xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <maml:name><xsl:value-of select="@name" /></maml:name>
      <maml:description><xsl:apply-templates select="p" /></maml:description>
      <xsl:if test="@type != 'SwitchParameter'">
        <command:parameterValue required="true" variableLength="{contains(@type, '[]')}"><xsl:value-of select="@type" /></command:parameterValue>
      </xsl:if>
      <dev:type><maml:name><xsl:value-of select="@type" /></maml:name></dev:type>
      <dev:defaultValue>
        <xsl:choose>
          <xsl:when test="@default"><xsl:value-of select="@default" /></xsl:when>
          <xsl:when test="@type = 'SwitchParameter'">False</xsl:when>
          <xsl:otherwise>None</xsl:otherwise>
        </xsl:choose>
      </dev:defaultValue>
    </command:parameter>
  </xsl:template>

  <xsl:template match="input">
    <command:inputType>
      <dev:type><maml:name><xsl:value-of select="@type" /></maml:name></dev:type>
      <maml:description><maml:para><xsl:value-of select="normalize-space()" /></maml:para></maml:description>
    </command:inputType>
  </xsl:template>

  <xsl:template match="output">
    <command:returnValue>
      <dev:type><maml:name><xsl:value-of select="@type" /></maml:name></dev:type>
      <maml:description><maml:para><xsl:value-of select="normalize-space()" /></maml:para></maml:description>
    </command:returnValue>
  </xsl:template>

  <xsl:template match="example">
    <command:example>
      <maml:title>Example <xsl:number />: <xsl:value-of select="@title" /></maml:title>
      <dev:code><xsl:value-of select="code" /></dev:code>
      <!-- The empty paragraph separates the next title. -->
      <dev:remarks><xsl:apply-templates select="p" /><maml:para /></dev:remarks>
    </command:example>
  </xsl:template>

  <xsl:template match="link">
    <maml:navigationLink>
      <maml:linkText><xsl:value-of select="." /></maml:linkText>
      <maml:uri />
    </maml:navigationLink>
  </xsl:template>

  <xsl:template match="p | synopsis">
    <maml:para><xsl:value-of select="normalize-space()" /></maml:para>
  </xsl:template>
</xsl:stylesheet>
