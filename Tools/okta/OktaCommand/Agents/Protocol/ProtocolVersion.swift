/// The published versions of the Model Context Protocol that the server speaks.
enum ProtocolVersion: String, Sendable, CaseIterable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// Whether a client names it in each request instead of a handshake at the start.
    var isPerRequest: Bool { self == .july2026 }

    /// Whether several messages may stand in an array.
    var hasBatches: Bool { self == .march2025 }

    /// The versions of the handshake, the newest last.
    static var ofHandshake: [ProtocolVersion] { allCases.filter { !$0.isPerRequest } }

    /// The versions that a request may name.
    static var perRequest: [ProtocolVersion] { allCases.filter(\.isPerRequest) }

    /// What the server agrees to: the offer if it is known, else the newest of the handshake.
    static func negotiated(_ offer: String) -> ProtocolVersion {
        ofHandshake.first { $0.rawValue == offer } ?? .november2025
    }
}
