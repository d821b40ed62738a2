/// The supported versions of the Model Context Protocol.
enum ProtocolVersion: String, Sendable, CaseIterable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// Whether each request states the version, without an initial handshake.
    var isPerRequest: Bool { self == .july2026 }

    /// Whether a message can be an array of several.
    var hasBatches: Bool { self == .march2025 }

    /// The versions with a handshake, newest last.
    static var ofHandshake: [ProtocolVersion] { allCases.filter { !$0.isPerRequest } }

    /// The versions that each request states.
    static var perRequest: [ProtocolVersion] { allCases.filter(\.isPerRequest) }

    /// Returns the negotiated version: the offered one if it is supported, otherwise the newest with a handshake.
    static func negotiated(_ offer: String) -> ProtocolVersion {
        ofHandshake.first { $0.rawValue == offer } ?? .november2025
    }
}
