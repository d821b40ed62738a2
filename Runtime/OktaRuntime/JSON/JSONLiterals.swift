extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `nil` is null. Where a `JSON?` is meant, a lone `nil` is the absent value, but in `condition ? json : nil` it is
    /// null: write `.none` there.
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

    /// Creates an object; order and repeated names are kept as given.
    public init(dictionaryLiteral members: (String, JSON)...) { self.init(members: members) }
}
