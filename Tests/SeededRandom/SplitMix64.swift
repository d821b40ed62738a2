/// Random numbers from a seed: the same ones on every machine, so that a failure can be reproduced.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) {
        state = seed
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True with a probability of 1 in the given number.
    package mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// A random number in a range.
    package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// A random element. Nil if there is none.
    package mutating func pick<Value>(_ values: [Value]) -> Value? { values.randomElement(using: &self) }

    /// Returns an element of a collection that must not be empty. The fallback is only for the compiler.
    package mutating func pick<Value>(_ values: [Value], or fallback: Value) -> Value { pick(values) ?? fallback }
}
