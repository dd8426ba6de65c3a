const fc = require('fast-check');

// What CI tries is the same every time; everybody else tries something new with every run.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });

// `npm run test:long` tries so many times as much of everything, but nothing for longer than half a minute.
const times = Number(process.env.FLEET_TEST_RUNS ?? 1);
if (times > 1) {
  const { assert, readConfigureGlobal } = fc;
  const longer = (property, parameters = {}) => {
    const numRuns = (parameters.numRuns ?? readConfigureGlobal()?.numRuns ?? 100) * times;
    return assert(property, { interruptAfterTimeLimit: 30_000, ...parameters, numRuns });
  };
  fc.assert = longer;
  fc.default = { ...fc.default, assert: longer };
}
