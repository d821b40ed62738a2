/// Limits on the accepted input, so that a malicious or broken file is rejected quickly.
public struct YAMLLimits: Sendable, Hashable {
    /// The maximum file size in bytes.
    public var bytes: Int
    /// The maximum nesting depth of lists and mappings.
    public var depth: Int
    /// The maximum number of scalars, lists and mappings.
    public var nodes: Int

    /// Creates limits.
    public init(bytes: Int, depth: Int, nodes: Int) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }

    /// For files that people write: 8 MiB, 32 levels, a million nodes.
    public static let written = YAMLLimits(bytes: 8 << 20, depth: 32, nodes: 1_000_000)
    /// For documents that machines write, such as an OpenAPI document: 64 MiB, 128 levels, ten million nodes.
    public static let published = YAMLLimits(bytes: 64 << 20, depth: 128, nodes: 10_000_000)
}
