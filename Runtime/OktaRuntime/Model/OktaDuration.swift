/// A time span in a policy: an ISO 8601 duration such as `PT1H`, `P30D` or `P1Y2M`.
///
/// The text is preserved as received, valid or not. ``duration`` and ``components`` parse it.
public struct OktaDuration: RawRepresentable, Sendable, Hashable, Codable {
    /// The text on the wire.
    public let rawValue: String

    /// Wraps any text.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Formats a duration in hours, minutes and seconds, such as `PT2H30M`. Fractions of a second are dropped, and a
    /// negative duration becomes `PT0S`, because Okta does not support one.
    public init(_ duration: Duration) {
        let seconds = max(0, duration.components.seconds)
        let parts = [(seconds / 3600, "H"), (seconds / 60 % 60, "M"), (seconds % 60, "S")]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
        rawValue = "PT" + (text.isEmpty ? "0S" : text)
    }

    /// Whole numbers of each unit, as written.
    public struct Components: Sendable, Hashable {
        /// Calendar years.
        public var years = 0
        /// Calendar months.
        public var months = 0
        /// Weeks of seven days.
        public var weeks = 0
        /// Days of 24 hours.
        public var days = 0
        /// Hours.
        public var hours = 0
        /// Minutes.
        public var minutes = 0
        /// Seconds.
        public var seconds = 0

        /// Creates components that are all 0.
        public init() {}
    }

    /// The parsed units; `nil` if the text is not an ISO 8601 duration of whole numbers, or a number exceeds `Int`.
    public var components: Components? { Self.read(rawValue) }

    /// The length; `nil` if the text is not a duration, is too long, or has years or months, whose lengths vary.
    public var duration: Duration? {
        guard let parts = components, parts.years == 0, parts.months == 0 else { return nil }
        var total = 0
        let units = [
            (parts.weeks, 604_800), (parts.days, 86_400), (parts.hours, 3600), (parts.minutes, 60), (parts.seconds, 1),
        ]
        for (count, length) in units {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            let (sum, sumOverflow) = total.addingReportingOverflow(product)
            guard !overflow, !sumOverflow else { return nil }
            total = sum
        }
        return .seconds(total)
    }

    /// The units in their required order, before and after the `T`.
    private static let units: [(letter: Character, isTime: Bool, any WritableKeyPath<Components, Int> & Sendable)] = [
        ("Y", false, \.years), ("M", false, \.months), ("W", false, \.weeks), ("D", false, \.days),
        ("H", true, \.hours), ("M", true, \.minutes), ("S", true, \.seconds),
    ]

    private static func read(_ text: String) -> Components? {
        guard text.first == "P" else { return nil }
        var rest = text.dropFirst()
        var components = Components()
        var isTime = false
        var next = 0
        var isEmpty = true
        while let first = rest.first {
            if first == "T" {
                guard !isTime, rest.count > 1 else { return nil }
                isTime = true
                rest.removeFirst()
                continue
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard let count = Int(digits), let letter = rest.popFirst(),
                let index = units.indices.first(where: {
                    $0 >= next && units[$0].letter == letter && units[$0].isTime == isTime
                })
            else { return nil }
            components[keyPath: units[index].2] = count
            next = index + 1
            isEmpty = false
        }
        return isEmpty ? nil : components
    }
}

extension OktaDuration: JSONConvertible, JSONNamedType, CustomStringConvertible {
    static var nameInMessages: String { "duration" }

    /// The text on the wire.
    public var description: String { rawValue }
}
