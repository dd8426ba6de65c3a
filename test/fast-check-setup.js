const fc = require('fast-check');

// What CI tries is the same every time; everybody else tries something new with every run.
if (process.env.CI) fc.configureGlobal({ seed: 20_261_122 });
