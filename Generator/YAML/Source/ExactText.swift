#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Text that is equal only to text with the same bytes.
///
/// Swift's `==` and `Hashable` follow Unicode: `é` as one scalar equals `e` with a combining accent, and the Kelvin
/// sign equals `K`. File systems, JSON, YAML and the Swift compiler compare bytes, so this type is used for comparing
/// file names, keys and identifiers.
public struct ExactText: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// Wraps a text.
    @inlinable
    public init(_ text: String) {
        self.text = text
    }

    /// The text unchanged.
    public var description: String { text }

    /// Returns whether two texts have the same bytes.
    public static func == (left: ExactText, right: ExactText) -> Bool { left.text.hasSameBytes(as: right.text) }

    /// Orders by bytes.
    public static func < (left: ExactText, right: ExactText) -> Bool { left.text.precedesByBytes(right.text) }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}

extension String {
    /// Returns whether two texts have the same bytes; Swift's `==` also holds for canonically equivalent ones.
    public func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        var (left, right) = (self, other)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let first = left.baseAddress, let second = right.baseAddress else { return left.isEmpty }
                return memcmp(first, second, left.count) == 0
            }
        }
    }

    /// Returns whether the bytes of this text sort before those of another. A comparison of `utf8`, byte by byte, takes
    /// ten times as long.
    public func precedesByBytes(_ other: String) -> Bool {
        var (left, right) = (self, other)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let first = left.baseAddress, let second = right.baseAddress else {
                    return left.count < right.count
                }
                let order = memcmp(first, second, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            }
        }
    }
}

extension ExactText: ExpressibleByStringLiteral {
    /// Wraps a literal.
    public init(stringLiteral value: String) { self.init(value) }
}

// Collections of such texts are queried with plain strings. The functions are inlinable, so that the compiler
// specializes them for the values of other modules: generic code takes several times as long.

extension Set<ExactText> {
    /// Creates a set of the texts of a sequence.
    @inlinable
    public init(texts: some Sequence<String>) { self.init(texts.lazy.map { ExactText($0) }) }

    /// Returns whether a text with the same bytes is a member.
    @inlinable
    public func contains(text: String) -> Bool { contains(ExactText(text)) }

    /// Inserts a text; returns whether it was not a member before.
    @discardableResult
    @inlinable
    public mutating func insert(text: String) -> Bool { insert(ExactText(text)).inserted }
}

extension Dictionary where Key == ExactText {
    /// Creates a dictionary of values by text; for repeated bytes, the first value is kept.
    @inlinable
    public init(texts pairs: some Sequence<(String, Value)>) {
        self.init(pairs.lazy.map { (ExactText($0.0), $0.1) }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a text.
    @inlinable
    public subscript(text text: String) -> Value? {
        get { self[ExactText(text)] }
        set { self[ExactText(text)] = newValue }
    }

    /// The value of a text, or a default.
    @inlinable
    public subscript(text text: String, default value: @autoclosure () -> Value) -> Value {
        get { self[ExactText(text), default: value()] }
        set { self[ExactText(text)] = newValue }
    }
}
