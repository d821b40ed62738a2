#if Proxy
/// Sizes and times that one connection may take.
package struct ServerLimits: Sendable, Hashable {
    /// The largest head of a request, in bytes of names and values, and the largest field in it.
    package var headBytes = 64 << 10
    package var fieldBytes = 32 << 10
    /// The largest number of header fields.
    package var fieldCount = 200
    /// How long a connection may be without a whole head: before its first request, and between two.
    package var headTime: Duration = .seconds(75)
    /// How long the body of a request may pause while it is waited for.
    package var bodyTime: Duration = .seconds(60)
    /// How long a client may take nothing of a response that waits for it.
    package var writeTime: Duration = .seconds(60)
    /// Bytes of a request body that wait to be forwarded; then reading stops.
    package var bodyBufferBytes = 128 << 10
    /// Connections at the same time; further ones wait to be accepted.
    package var connections = 1024

    package init() {}
}
#endif
