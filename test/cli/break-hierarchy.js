// Loaded before the command, to make it fail as only a bug would.
require('tsx/cjs');
const { Hierarchy } = require('../../layers/hierarchy.ts');
Hierarchy.prototype.has = () => {
  throw new TypeError('broken on purpose');
};
