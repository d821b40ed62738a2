/// Reads objects and lists, and skips values.
extension JSONCursor {
    /// Enters an object. Returns false and consumes nothing for any other value.
    mutating func enterObject() throws(Fault) -> Bool { try enter(UInt8(ascii: "{")) }

    /// Enters a list. Returns false and consumes nothing for any other value.
    mutating func enterList() throws(Fault) -> Bool { try enter(UInt8(ascii: "[")) }

    private mutating func enter(_ byte: UInt8) throws(Fault) -> Bool {
        guard try next() == byte else { return false }
        position += 1
        return true
    }

    /// Reads the key of the next member, and its colon. Returns nil if the object has ended.
    ///
    /// The bytes are valid until more is read from a recording, or written to `scratch`.
    mutating func nextKey(_ isFirst: inout Bool, _ scratch: ByteBuffer) throws(Fault) -> UnsafeBufferPointer<UInt8>? {
        guard try nextPart(&isFirst, closing: UInt8(ascii: "}")) else { return nil }
        guard try next() == UInt8(ascii: "\"") else { throw .malformed }
        let key = try readString(scratch)
        try take(UInt8(ascii: ":"))
        return key
    }

    /// Advances to the next element of a list. Returns false at its end.
    mutating func nextElement(_ isFirst: inout Bool) throws(Fault) -> Bool {
        try nextPart(&isFirst, closing: UInt8(ascii: "]"))
    }

    private mutating func nextPart(_ isFirst: inout Bool, closing: UInt8) throws(Fault) -> Bool {
        let byte = try next()
        if byte == closing {
            position += 1
            return false
        }
        if isFirst {
            isFirst = false
        } else {
            guard byte == UInt8(ascii: ",") else { throw .malformed }
            position += 1
        }
        return true
    }

    // MARK: Any value

    /// Skips a value of any kind, without recursion.
    mutating func skipValue() throws(Fault) {
        nesting.removeAll(keepingCapacity: true)
        while true {
            switch try next() {
            case UInt8(ascii: "{"):
                position += 1
                try open(isObject: true)
                if try next() == UInt8(ascii: "}") { break }
                try skipKey()
                continue
            case UInt8(ascii: "["):
                position += 1
                try open(isObject: false)
                if try next() == UInt8(ascii: "]") { break }
                continue
            case UInt8(ascii: "\""): try skipString()
            case UInt8(ascii: "-"), 0x30...0x39: _ = try readNumber()
            case UInt8(ascii: "t"): try readLiteral("true")
            case UInt8(ascii: "f"): try readLiteral("false")
            case UInt8(ascii: "n"): try readLiteral("null")
            default: throw .malformed
            }
            if try !closeEnded() { return }
        }
    }

    /// Skips a value and collects its bytes.
    mutating func skipValue(keepingIn buffer: ByteBuffer) throws(Fault) {
        _ = try next()
        kept = buffer
        keptFrom = position
        defer { kept = nil }
        try skipValue()
        buffer.append(.init(start: bytes + keptFrom, count: position - keptFrom))
    }

    private mutating func open(isObject: Bool) throws(Fault) {
        guard nesting.count < Self.maximumDepth else { throw .tooDeep }
        nesting.append(isObject)
    }

    private mutating func skipKey() throws(Fault) {
        guard try next() == UInt8(ascii: "\"") else { throw .malformed }
        try skipString()
        try take(UInt8(ascii: ":"))
    }

    /// Closes the collections that end after a value. Returns false if none is open.
    private mutating func closeEnded() throws(Fault) -> Bool {
        while let isObject = nesting.last {
            switch (try next(), isObject) {
            case (UInt8(ascii: ","), true):
                position += 1
                try skipKey()
                return true
            case (UInt8(ascii: ","), false):
                position += 1
                return true
            case (UInt8(ascii: "}"), true), (UInt8(ascii: "]"), false):
                position += 1
                nesting.removeLast()
            default: throw .malformed
            }
        }
        return false
    }
}
