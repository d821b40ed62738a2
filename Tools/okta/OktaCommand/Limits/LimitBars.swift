#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif
internal import OktaRuntime

/// Draws a bar for each rate limit bucket.
package struct LimitBars: Sendable {
    private let columns: Int
    private let usesColor: Bool

    /// Creates the bars.
    ///
    /// - Parameter columns: The width of the terminal.
    package init(columns: Int, usesColor: Bool) {
        self.columns = columns
        self.usesColor = usesColor
    }

    /// Returns the lines, none wider than the terminal.
    package func lines(_ entries: [LimitBook.Entry], at now: Date) -> [String] {
        let left = entries.map { "\($0.limit.remaining) of \($0.limit.limit) left" }
        let ends = entries.map { "\(max(0, Int($0.limit.reset.timeIntervalSince(now).rounded(.up)))) s" }
        let figures = [left, ends].reduce(0) { $0 + ($1.map(\.count).max() ?? 0) } + 3
        let name = min(entries.map(\.bucket.count).max() ?? 0, max(10, columns - figures - 12))
        let bar = max(3, min(40, columns - name - figures))
        let width = left.map(\.count).max() ?? 0
        return entries.indices.map { index in
            let entry = entries[index]
            let filled = min(bar, Int((Double(bar) * entry.used).rounded()))
            let blocks = String(repeating: "█", count: filled) + String(repeating: "░", count: bar - filled)
            return "\(Self.cut(entry.bucket, name)) \(colored(blocks, entry.used)) \(Self.padded(left[index], width)) "
                + ends[index]
        }
    }

    private func colored(_ text: String, _ used: Double) -> String {
        guard usesColor else { return text }
        let color = used < 0.6 ? 32 : used < 0.85 ? 33 : 31
        return "\u{1B}[\(color)m\(text)\u{1B}[0m"
    }

    private static func cut(_ text: String, _ width: Int) -> String {
        text.count <= width ? padded(text, width) : text.prefix(width - 1) + "…"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
