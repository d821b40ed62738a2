/// How much a change matters to those who use the API or the library.
public enum DriftSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Words and names that no program sees.
    case docs
    /// Something new, or a loosened limit: what worked goes on working.
    case info
    /// Some programs may notice.
    case warning
    /// Programs that used it stop working, or stop compiling.
    case error

    private var rank: Int {
        switch self {
        case .docs: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    /// So many changes in words, such as `2 errors` and `3 info`.
    func counted(_ count: Int) -> String {
        switch self {
        case .docs, .info: "\(count) \(rawValue)"
        case .warning, .error: "\(count) \(rawValue)\(count == 1 ? "" : "s")"
        }
    }

    /// Orders from words to breaks.
    public static func < (left: DriftSeverity, right: DriftSeverity) -> Bool { left.rank < right.rank }
}
