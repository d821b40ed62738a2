extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Creates null. In the context of a `JSON?`, a lone `nil` is the absent value, but in `condition ? json : nil` it
    /// is null. Use `.none` in such expressions.
    public init(nilLiteral: ()) { self = .null }

    /// Creates a boolean.
    public init(booleanLiteral value: Bool) { self.init(value) }

    /// Creates a number.
    public init(integerLiteral value: Int) { self.init(value) }

    /// Creates a number.
    public init(floatLiteral value: Double) { self.init(value) }

    /// Creates a string.
    public init(stringLiteral value: String) { self.init(value) }

    /// Creates an array.
    public init(arrayLiteral elements: JSON...) { self.init(elements) }

    /// Creates an object. The order and repeated names are preserved.
    public init(dictionaryLiteral members: (String, JSON)...) { self.init(members: members) }
}
