// What tests get as `fast-check` (jest.config.js); a test file that asks for none is not made to load it.
const fc = require('../node_modules/fast-check/lib/cjs/fast-check.js');
const { runs, times } = require('./runs');

// What CI tries is the same every time; everybody else tries something new with every run.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });

// Both try so many times as much as the test says; the long form does nothing for longer than half a minute.
const { assert, sample } = fc;
const scaled = {
  assert: (property, parameters = {}) =>
    assert(property, { ...(times > 1 ? { interruptAfterTimeLimit: 30_000 } : {}), ...parameters, numRuns: runs(parameters.numRuns ?? 100) }),
  sample: (arbitrary, parameters) => sample(arbitrary, { ...parameters, numRuns: runs(parameters.numRuns) }),
};
Object.assign(fc, scaled);
fc.default = { ...fc.default, ...scaled };
module.exports = fc;
