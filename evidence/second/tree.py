"""The Merkle tree of RFC 6962: leaf hashes, roots, inclusion, consistency."""
from hashlib import sha256


def leaf_hash(data):
    return sha256(b'\0' + data).digest()


def node_hash(left, right):
    return sha256(b'\1' + left + right).digest()


class Builder:
    """Grows a tree leaf by leaf and keeps only the perfect subtrees, largest first."""

    def __init__(self, size=0, subtrees=()):
        if size.bit_count() != len(subtrees):
            raise ValueError('a frontier has one hash for each perfect subtree')
        heights = [bit for bit in range(size.bit_length()) if size >> bit & 1]
        self.size = size
        self._stack = list(zip(reversed(heights), subtrees))

    def add(self, leaf):
        height = 0
        while self._stack and self._stack[-1][0] == height:
            leaf = node_hash(self._stack.pop()[1], leaf)
            height += 1
        self._stack.append((height, leaf))
        self.size += 1

    def root(self):
        if not self._stack:
            return sha256(b'').digest()
        root = self._stack[-1][1]
        for _, subtree in reversed(self._stack[:-1]):
            root = node_hash(subtree, root)
        return root


def included(leaf, index, size, path, root):
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    node, last = index, size - 1
    for step in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            leaf = node_hash(step, leaf)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            leaf = node_hash(leaf, step)
        node >>= 1
        last >>= 1
    return last == 0 and leaf == root


def consistent(first, second, path, first_root, second_root):
    """RFC 9162, 2.1.4.2, for 0 < first < second."""
    if not 0 < first < second or not path:
        return False
    path = list(path)
    if first & (first - 1) == 0:
        path.insert(0, first_root)
    node, last = first - 1, second - 1
    while node & 1:
        node >>= 1
        last >>= 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old = node_hash(step, old)
            new = node_hash(step, new)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            new = node_hash(new, step)
        node >>= 1
        last >>= 1
    return last == 0 and old == first_root and new == second_root
