extension JSON {
    /// Limits of the parser, for untrusted input.
    ///
    /// Two further limits are fixed: one string or number may be 256 MiB long, and a document may hold 268 million
    /// tokens.
    public struct Limits: Sendable, Hashable {
        /// The maximum nesting depth: 1 allows `[]`, 2 allows `[[]]`. Always within 0...1024, because comparing and
        /// hashing recurse once per level.
        public var maximumDepth: Int {
            didSet { maximumDepth = Self.clampDepth(maximumDepth) }
        }

        /// The largest document, in bytes. Always within 0...4,294,967,295 (4 GiB - 1).
        public var maximumBytes: Int {
            didSet { maximumBytes = Self.clampBytes(maximumBytes) }
        }

        /// Creates limits; values out of range are clamped.
        public init(maximumDepth: Int = 512, maximumBytes: Int = Int(UInt32.max)) {
            self.maximumDepth = Self.clampDepth(maximumDepth)
            self.maximumBytes = Self.clampBytes(maximumBytes)
        }

        private static func clampDepth(_ depth: Int) -> Int { min(max(depth, 0), 1024) }
        private static func clampBytes(_ bytes: Int) -> Int { min(max(bytes, 0), Int(UInt32.max)) }
    }
}
