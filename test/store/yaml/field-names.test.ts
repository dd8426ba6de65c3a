import { typeScriptName, yamlName } from '../../../store/yaml/field-names';

test('a field that both forms call otherwise has the name of each', () => {
  expect([typeScriptName('additionalLabels'), yamlName('labels')]).toEqual(['labels', 'additionalLabels']);
});

test.each(['source', 'constructor', 'toString', '__proto__'])('%p is called so in both forms', (field) => {
  expect([typeScriptName(field), yamlName(field)]).toEqual([field, field]);
});
