// What tests get as `fast-check` (jest.config.js); a test file that asks for none is not made to load it.
const fc = require('../node_modules/fast-check/lib/cjs/fast-check.js');
const { runs, times } = require('./runs');

// What CI tries is the same every time; everybody else tries something new with every run.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });

// Both try so many times as much as the test says; the long form does nothing for longer than half a minute. The short
// form has a limit too: what fails is made smaller and smaller, and a try of files and commits would go on for an hour.
const { assert, sample, string } = fc;

// Of all there is but halves of pairs, as fast-check has it, which for each such text first makes a table of all characters.
const character = fc.nat({ max: 0x10ffff - 0x800 }).map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));
const scaled = {
  assert: (property, parameters = {}) =>
    assert(property, { interruptAfterTimeLimit: times > 1 ? 30_000 : 60_000, ...parameters, numRuns: runs(parameters.numRuns ?? 100) }),
  string: (constraints) => string(constraints?.unit === 'binary' ? { ...constraints, unit: character } : constraints),
  sample: (arbitrary, parameters) => sample(arbitrary, { ...parameters, numRuns: runs(parameters.numRuns) }),
};
Object.assign(fc, scaled);
fc.default = { ...fc.default, ...scaled };
module.exports = fc;
