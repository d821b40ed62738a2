/// The severity of a change for users of the API or the library.
public enum DriftSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Descriptions and names that no program uses.
    case docs
    /// An addition, or a relaxed limit: existing programs still work.
    case info
    /// Some programs may be affected.
    case warning
    /// Programs that used it stop working, or no longer compile.
    case error

    private var rank: Int {
        switch self {
        case .docs: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    /// A number of changes in words, such as `2 errors` and `3 info`.
    func counted(_ count: Int) -> String {
        switch self {
        case .docs, .info: "\(count) \(rawValue)"
        case .warning, .error: "\(count) \(rawValue)\(count == 1 ? "" : "s")"
        }
    }

    /// Orders by severity.
    public static func < (left: DriftSeverity, right: DriftSeverity) -> Bool { left.rank < right.rank }
}
