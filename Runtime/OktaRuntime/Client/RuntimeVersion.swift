/// The version and the `User-Agent` of the client.
enum RuntimeVersion {
    /// The version of this package.
    static let current = "0.1.0"

    /// The `User-Agent`: package, language and system, then the program's own suffix.
    static func userAgent(suffix: String?) -> String {
        let base = "okta-swift/\(current) swift/\(language) \(system)"
        guard let suffix, !suffix.isEmpty else { return base }
        return "\(base) \(suffix)"
    }

    private static var language: String {
        #if compiler(>=6.4)
        "6.4"
        #elseif compiler(>=6.3)
        "6.3"
        #elseif compiler(>=6.2)
        "6.2"
        #else
        "6.1"
        #endif
    }

    private static var system: String {
        #if os(Linux)
        "linux"
        #elseif os(macOS)
        "macos"
        #else
        "other"
        #endif
    }
}
