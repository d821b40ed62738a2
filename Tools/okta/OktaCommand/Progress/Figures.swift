/// Number formatting for people, without formatters that are slow to start.
package enum Figures {
    /// Returns an integer with thousands separators: `1,234,567`.
    package static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var result = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result
    }

    /// Returns a rate, with one decimal below ten.
    package static func rate(_ rate: Double) -> String {
        guard rate.isFinite, rate < 1e15 else { return "-" }
        if rate >= 10 { return grouped(Int(rate.rounded())) }
        let tenths = Int((rate * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// Returns a time span: `12 s`, `4:05 min` or `2:07 h`.
    package static func span(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "-" }
        let whole = Int(seconds.rounded(.up))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if whole < 60 { return "\(whole) s" }
        if whole < 3_600 { return "\(whole / 60):\(two(whole % 60)) min" }
        return "\(whole / 3_600):\(two(whole % 3_600 / 60)) h"
    }
}
