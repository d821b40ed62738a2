package import OktaRuntime

/// Reads objects one by one from JSON lines, or from one array of objects, as printed lists have.
package struct JSONSequence {
    private var reader: ByteReader
    private let name: String
    private var isInArray = false

    /// Creates a reader before the first value.
    package init(_ reader: ByteReader, name: String) {
        self.reader = reader
        self.name = name
        self.reader.skipSpace()
        if self.reader.peek() == UInt8(ascii: "[") {
            _ = self.reader.next()
            isInArray = true
        }
    }

    /// Returns the next object and the line at which it starts; nil at the end.
    package mutating func next() throws(CommandFailure) -> (object: JSON, line: Int)? {
        reader.skipSpace()
        while isInArray, reader.peek() == UInt8(ascii: ",") {
            _ = reader.next()
            reader.skipSpace()
        }
        guard let first = reader.peek() else {
            try reader.checkEnd()
            if isInArray { throw .usage("\(name) ends within its array") }
            return nil
        }
        if isInArray, first == UInt8(ascii: "]") {
            _ = reader.next()
            isInArray = false
            reader.skipSpace()
            guard reader.peek() == nil else { throw .usage("\(name), line \(reader.line), has text after its array") }
            return nil
        }
        let line = reader.line
        let bytes = first == UInt8(ascii: "{") ? object() : scalar()
        do { return (try JSON(parsing: bytes), line) } catch {
            throw .usage("\(name), line \(line), is not JSON: \(error)")
        }
    }

    /// Returns the bytes up to the closing brace of the object.
    private mutating func object() -> [UInt8] {
        var bytes: [UInt8] = []
        var depth = 0
        var isText = false
        while let byte = reader.next() {
            bytes.append(byte)
            switch byte {
            case UInt8(ascii: "\\") where isText:
                if let escaped = reader.next() { bytes.append(escaped) }
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: "{") where !isText: depth += 1
            case UInt8(ascii: "}") where !isText:
                depth -= 1
                if depth == 0 { return bytes }
            default: break
            }
        }
        return bytes
    }

    private mutating func scalar() -> [UInt8] {
        var bytes: [UInt8] = []
        var isText = false
        while let byte = reader.peek() {
            if !isText, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte <= 0x20 { break }
            _ = reader.next()
            bytes.append(byte)
            if byte == UInt8(ascii: "\"") { isText.toggle() }
            if byte == UInt8(ascii: "\\"), isText, let escaped = reader.next() { bytes.append(escaped) }
        }
        return bytes
    }
}
