internal import CByteScan

/// Lookup of members by name.
extension JSONDocument {
    /// Returns the index of the value of the last member with this name, in the object at `object`.
    func lookup(_ key: UnsafeBufferPointer<UInt8>, inObjectAt object: Int) -> Int? {
        guard !hasUnusualNames, key.count <= TapeEntry.maximumNameLength else {
            return lookupAmongUnusual(key, inObjectAt: object)
        }
        return lookup(NameKey(key), inObjectAt: object, before: object &+ tape[object].entries &- 1)
    }

    /// Looks up a name among the entries before `end`, in a document without unusual names.
    @inline(__always)
    private func lookup(_ key: NameKey, inObjectAt object: Int, before end: Int) -> Int? {
        var end = end
        // The first entry of an object is a name, or its end.
        let head = key.head | tape[object &+ 1].head & TapeEntry.depthBits
        return tape.withUnsafeBufferPointer { tape in
            bytes.withUnsafeBufferPointer { bytes in
                while true {
                    let name = Self.lastName(head, in: tape, from: object &+ 1, to: end)
                    guard name > object else { return nil }
                    if _fastPath(key.isIn(bytes, at: tape[name].offset)) {
                        prefetchFollowing(tape[name], in: bytes)
                        return name &+ 1
                    }
                    end = name
                }
            }
        }
    }

    /// The members with a name.
    enum Members {
        case none
        /// The index of the value.
        case one(Int)
        /// There are several, or the document has unusual names.
        case unclear
    }

    /// Returns the only member with this name, in the object at `object`.
    func onlyMember(_ key: UnsafeBufferPointer<UInt8>, inObjectAt object: Int) -> Members {
        guard !hasUnusualNames, key.count <= TapeEntry.maximumNameLength else { return .unclear }
        let key = NameKey(key)
        guard let last = lookup(key, inObjectAt: object, before: object &+ tape[object].entries &- 1) else {
            return .none
        }
        return lookup(key, inObjectAt: object, before: last &- 1) == nil ? .one(last) : .unclear
    }

    /// Returns the index of the last entry with this head; 0 if there is none.
    @inline(__always)
    private static func lastName(
        _ head: UInt32, in tape: UnsafeBufferPointer<TapeEntry>, from start: Int, to end: Int
    ) -> Int {
        let count = end &- start
        // The values of a large object may have far more entries than the object has members.
        if count > 8, count <= 1024, let entries = tape.baseAddress {
            return Int(okta_last_entry(entries, Int64(start), Int64(end), head))
        }
        var found = 0
        var cursor = start
        while cursor < end {
            if tape[cursor].head == head { found = cursor }
            cursor &+= 1 &+ tape[cursor &+ 1].span
        }
        return found
    }

    /// Returns the index of the value of the last member with this name, in the value at `object`; `nil` unless that is
    /// an object.
    @inline(__always)
    func lookup(_ key: UnsafeBufferPointer<UInt8>, inValueAt object: Int) -> Int? {
        tape[object].has(.object) ? lookup(key, inObjectAt: object) : nil
    }

    /// Returns the text of the last member with this name, in the value at `object`; `nil` unless that is an object and
    /// the member is a string.
    func string(of key: UnsafeBufferPointer<UInt8>, inObjectAt object: Int) -> String? {
        guard let value = lookup(key, inValueAt: object), tape[value].has(.string) else { return nil }
        return text(at: value)
    }

    /// Prefetches the bytes that are likely to be read next, because members are usually read in document order. In a
    /// document larger than the processor's caches, a read would otherwise mostly wait for memory.
    @inline(__always)
    private func prefetchFollowing(_ name: TapeEntry, in bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        for line in 1...6 { okta_prefetch(UnsafeRawPointer(start + name.offset) + 64 &* line) }
    }

    /// Looks up a name in a document in which a name has escapes or is very long. Such names are compared by their
    /// text, and all others by their entries.
    @inline(never)
    private func lookupAmongUnusual(_ key: UnsafeBufferPointer<UInt8>, inObjectAt object: Int) -> Int? {
        let name = NameKey(key)
        return tape.withUnsafeBufferPointer { tape in
            bytes.withUnsafeBufferPointer { bytes in
                var found: Int?
                var cursor = object &+ 1
                let end = object &+ tape[object].entries &- 1
                while cursor < end {
                    let entry = tape[cursor]
                    let matches =
                        entry.has(.name)
                        ? entry.length == key.count && name.isIn(bytes, at: entry.offset)
                        : isName(key, at: cursor)
                    if matches { found = cursor &+ 1 }
                    cursor &+= 1 &+ tape[cursor &+ 1].span
                }
                return found
            }
        }
    }

    /// Returns whether the text of the unusual name at `index` equals this one.
    private func isName(_ key: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let entry = tape[index]
        // An escape is longer than the character it encodes, so most names are ruled out without unescaping.
        guard entry.flag ? entry.length > key.count : entry.length == key.count else { return false }
        return withText(at: index) { $0.count == key.count && KeyComparison.equal(key, $0, at: 0) }
    }
}
