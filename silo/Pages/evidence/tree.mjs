// The Merkle tree of RFC 6962. Sizes go to 2^53 and bit operators only to 2^31, so halves are taken by dividing.
import { nodeHash, same } from './hashing.mjs';

const half = number => Math.floor(number / 2);
const isOdd = number => number % 2 === 1;

/** Whether a leaf stands at a place in the tree of that size and root (RFC 9162, 2.1.3.2). */
export async function isIncluded(leaf, place, size, path, root) {
  if (place >= size) {
    return false;
  }

  let [node, last, hash] = [place, size - 1, leaf];
  for (const step of path) {
    if (last === 0) {
      return false;
    }

    if (isOdd(node) || node === last) {
      hash = await nodeHash(step, hash);
      while (!isOdd(node) && node > 0) {
        [node, last] = [half(node), half(last)];
      }
    } else {
      hash = await nodeHash(hash, step);
    }

    [node, last] = [half(node), half(last)];
  }

  return last === 0 && same(hash, root);
}

/** Whether the larger tree only adds to the smaller one (RFC 9162, 2.1.4.2). */
export async function isConsistent(first, second, proof, firstRoot, secondRoot) {
  if (!(first > 0 && first < second) || proof.length === 0) {
    return false;
  }

  const path = Number.isInteger(Math.log2(first)) ? [firstRoot, ...proof] : proof;
  let [node, last] = [first - 1, second - 1];
  while (isOdd(node)) {
    [node, last] = [half(node), half(last)];
  }

  let [old, grown] = [path[0], path[0]];
  for (const step of path.slice(1)) {
    if (last === 0) {
      return false;
    }

    if (isOdd(node) || node === last) {
      [old, grown] = [await nodeHash(step, old), await nodeHash(step, grown)];
      while (!isOdd(node) && node > 0) {
        [node, last] = [half(node), half(last)];
      }
    } else {
      grown = await nodeHash(grown, step);
    }

    [node, last] = [half(node), half(last)];
  }

  return last === 0 && same(old, firstRoot) && same(grown, secondRoot);
}
