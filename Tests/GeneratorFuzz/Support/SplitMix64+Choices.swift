extension SplitMix64 {
    /// A random element. Nil if there is none.
    package mutating func pick<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &self) }

    /// A random number in a range.
    package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
