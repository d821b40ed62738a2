internal import CByteScan

/// Lookup of members by name.
extension JSONDocument {
    /// The value of the last member with this name, in the object at `object`.
    func lookup(_ key: UnsafeBufferPointer<UInt8>, inObjectAt object: Int) -> Int? {
        guard !hasUnusualNames, key.count <= TapeEntry.maximumNameLength else {
            return lookupAmongUnusual(key, inObjectAt: object)
        }
        return tape.withUnsafeBufferPointer { tape in
            bytes.withUnsafeBufferPointer { bytes in
                let wanted = TapeEntry.nameHead(length: key.count, hash: NameHash.of(key))
                // No member's value has index 0.
                var found = 0
                var cursor = object &+ 1
                let end = object &+ tape[object].entries &- 1
                while cursor < end {
                    let name = cursor
                    // A branch instead of a computed step: the processor can then continue speculatively before it has
                    // loaded the value.
                    cursor &+= 2
                    if _slowPath(tape[name &+ 1].isContainer) { cursor &+= tape[name &+ 1].entries &- 1 }
                    if _slowPath(tape[name].head == wanted), KeyComparison.equal(key, bytes, at: tape[name].offset) {
                        found = name &+ 1
                        askForWhatFollows(tape[name], in: bytes)
                    }
                }
                return found == 0 ? nil : found
            }
        }
    }

    /// The text of the last member with this name, in the value at `object`; nil unless it is an object and the member
    /// is a string.
    func string(of key: UnsafeBufferPointer<UInt8>, inObjectAt object: Int) -> String? {
        guard tape[object].has(.object), let value = lookup(key, inObjectAt: object),
            tape[value].has(.string)
        else { return nil }
        return text(at: value)
    }

    /// Prefetches the bytes that are likely to be read next. Members are usually read in document order. In a document
    /// larger than the processor's caches, a read would otherwise spend most of its time waiting for memory.
    @inline(__always)
    private func askForWhatFollows(_ name: TapeEntry, in bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        for line in 1...6 { okta_prefetch(UnsafeRawPointer(start + name.offset) + 64 &* line) }
    }

    /// The same for a document in which a name has escapes or is very long: such names are compared by their text, all
    /// others by their entries.
    @inline(never)
    private func lookupAmongUnusual(_ key: UnsafeBufferPointer<UInt8>, inObjectAt object: Int) -> Int? {
        // A key that is too long for an entry matches none.
        let wanted =
            key.count <= TapeEntry.maximumNameLength
            ? TapeEntry.nameHead(length: key.count, hash: NameHash.of(key)) : nil
        return tape.withUnsafeBufferPointer { tape in
            bytes.withUnsafeBufferPointer { bytes in
                var found: Int?
                var name = object &+ 1
                let end = object &+ tape[object].entries &- 1
                while name < end {
                    let entry = tape[name]
                    let matches =
                        entry.has(.name)
                        ? entry.head == wanted && KeyComparison.equal(key, bytes, at: entry.offset)
                        : isName(key, at: name)
                    if matches { found = name &+ 1 }
                    name &+= 1 &+ tape[name &+ 1].span
                }
                return found
            }
        }
    }

    /// Whether the text of the unusual name at `index` equals this one.
    private func isName(_ key: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let entry = tape[index]
        // An escape is longer than the character it encodes, so most names are ruled out without unescaping.
        guard entry.flag ? entry.length > key.count : entry.length == key.count else { return false }
        return withText(at: index) { $0.count == key.count && KeyComparison.equal(key, $0, at: 0) }
    }
}
