extension Duration {
    /// Seconds with a fraction.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// Milliseconds, rounded up, so that a positive time is never zero.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let remainder = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        let (sum, sumOverflow) = milliseconds.addingReportingOverflow(remainder)
        return sumOverflow ? .max : Int(sum)
    }

    /// Seconds with one decimal, or whole seconds from ten up: `0.4 s`, `41 s`.
    var inWords: String {
        let tenths = Int((inSeconds * 10).rounded())
        return tenths >= 100 ? "\((tenths + 5) / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
