"""The runner of the compatibility kit, on a small model of our own: what agrees, what is refused, what differs."""

from pathlib import Path

from tests.conformite.__main__ import ACCORD, DIFFERENT, REFUS_ATTENDU, REFUSE, run

MODELE = """
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="mini" namespace="urn:mini">
  <itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues></itemDefinition>
  <inputData id="i1" name="Age du demandeur"><variable name="Age du demandeur" typeRef="tAge"/></inputData>
  <businessKnowledgeModel id="b1" name="double">
    <variable name="double"/>
    <encapsulatedLogic>
      <formalParameter name="n" typeRef="number"/><literalExpression><text>n * 2</text></literalExpression>
    </encapsulatedLogic>
  </businessKnowledgeModel>
  <decision id="d1" name="Tarif"><variable name="Tarif" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>Age du demandeur</text></inputExpression></input><output/>
      <rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>0</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="Deux"><variable name="Deux"/>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#b1"/></knowledgeRequirement>
    <context>
      <contextEntry><variable name="prix"/><invocation><literalExpression><text>double</text></literalExpression>
        <binding><parameter name="n"/><literalExpression><text>Tarif</text></literalExpression></binding></invocation></contextEntry>
      <contextEntry><variable name="liste"/><list><literalExpression><text>prix + 1</text></literalExpression></list></contextEntry>
    </context>
  </decision>
  <decision id="d3" name="Horloge"><literalExpression><text>today()</text></literalExpression></decision>
  <decision id="d4" name="Externe"><literalExpression><text>inconnue(1)</text></literalExpression></decision>
  <decision id="d5" name="Fausse"><literalExpression><text>1 + 1</text></literalExpression></decision>
</definitions>
"""
ESSAIS = """
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <modelName>mini.dmn</modelName>
  <testCase id="1"><inputNode name="Age du demandeur"><value xsi:type="xsd:decimal">30</value></inputNode>
    <resultNode name="Deux"><expected><component name="prix"><value xsi:type="xsd:decimal">20</value></component>
      <component name="liste"><list>
        <item><value xsi:type="xsd:decimal">21</value></item></list></component></expected></resultNode></testCase>
  <testCase id="2"><inputNode name="Age du demandeur"><value xsi:type="xsd:decimal">300</value></inputNode>
    <resultNode name="Tarif"><expected><value xsi:type="xsd:decimal">10</value></expected></resultNode></testCase>
  <testCase id="3">
    <resultNode name="Horloge"><expected><value xsi:type="xsd:date">2026-11-23</value></expected></resultNode></testCase>
  <testCase id="4"><resultNode name="Externe" errorResult="true"><expected><value xsi:nil="true"/></expected></resultNode></testCase>
  <testCase id="5"><resultNode name="Fausse"><expected><value xsi:type="xsd:decimal">3</value></expected></resultNode></testCase>
</testCases>
"""


def test_each_case_has_its_verdict(tmp_path: Path) -> None:
    (tmp_path / "mini.dmn").write_text(MODELE, "utf-8")
    (tmp_path / "mini-test-01.xml").write_text(ESSAIS, "utf-8")
    assert [resultat.verdict for resultat in run(tmp_path)] == [ACCORD, ACCORD, REFUSE, REFUS_ATTENDU, DIFFERENT]
