/**
 * The repository of a fleet that has none yet. No host ends in `.invalid` (RFC 6761), so nobody else's is ever asked; a
 * rule warns of it (`repository-placeholder`).
 */
export const placeholderRepository = 'https://repository.invalid/replace-me';
