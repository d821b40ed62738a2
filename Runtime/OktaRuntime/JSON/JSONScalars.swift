extension JSON {
    /// The null value.
    public static var null: JSON { JSON(.null) }

    /// Creates a string.
    public init(_ value: String) { self.init(.string(value)) }

    /// Creates a number.
    public init(_ value: Int) { self.init(.number(String(value))) }

    /// Creates a number with the fewest digits that read back as the same `Double`. JSON has no NaN and no infinity:
    /// they become null.
    public init(_ value: Double) { self.init(value.isFinite ? .number("\(value)") : .null) }

    /// Creates a boolean.
    public init(_ value: Bool) { self.init(.boolean(value)) }

    /// The text, unescaped; nil for any other kind.
    public var string: String? {
        switch storage {
        case .slice(let document, let index):
            document.tape[Int(index)].isText ? document.text(at: Int(index)) : nil
        case .string(let value): value
        default: nil
        }
    }

    /// The boolean; nil for any other kind.
    public var bool: Bool? {
        switch storage {
        case .slice(let document, let index):
            document.tape[Int(index)].has(.boolean) ? document.tape[Int(index)].flag : nil
        case .boolean(let value): value
        default: nil
        }
    }

    /// The number as an integer, in any spelling (`5`, `5.0`, `50e-1`); nil for any other kind, for a fraction and for
    /// a number beyond `Int`.
    public var int: Int? { withNumberBytes(JSONNumber.int) ?? nil }

    /// The number as the nearest `Double`; nil for any other kind and for a number beyond `Double`'s range.
    public var double: Double? {
        guard let text = numberText, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// The number as written, such as `1.50` or `1e3`; nil for any other kind.
    public var numberText: String? {
        switch storage {
        case .slice(let document, let index):
            document.tape[Int(index)].has(.number) ? document.text(at: Int(index)) : nil
        case .number(let text): text
        default: nil
        }
    }

    /// Calls `body` with the number's text; nil for any other kind.
    func withNumberBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        switch storage {
        case .slice(let document, let index):
            return document.tape[Int(index)].has(.number) ? document.withContent(at: Int(index), body) : nil
        case .number(var text):
            return text.withUTF8(body)
        default:
            return nil
        }
    }

    /// Calls `body` with the string's unescaped UTF-8; nil for any other kind.
    func withStringBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        switch storage {
        case .slice(let document, let index):
            return document.tape[Int(index)].isText ? document.withText(at: Int(index), body) : nil
        case .string(var text):
            return text.withUTF8(body)
        default:
            return nil
        }
    }
}
