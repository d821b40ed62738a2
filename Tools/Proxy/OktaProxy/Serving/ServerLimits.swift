#if Proxy
/// Size and time limits of a connection.
package struct ServerLimits: Sendable, Hashable {
    /// The maximum size of a request's head, in bytes of names and values, and of a single field.
    package var headBytes = 64 << 10
    package var fieldBytes = 32 << 10
    /// The maximum number of header fields.
    package var fieldCount = 200
    /// The time limit for a complete head, before the first request and between requests.
    package var headTime: Duration = .seconds(75)
    /// The time limit for the next part of an awaited request body.
    package var bodyTime: Duration = .seconds(60)
    /// The time limit for a client to receive a part of its response.
    package var writeTime: Duration = .seconds(60)
    /// The maximum number of buffered bytes of a request body. At the limit, reading pauses.
    package var bodyBufferBytes = 128 << 10
    /// The maximum number of concurrent connections. Further ones wait to be accepted.
    package var connections = 1024

    package init() {}
}
#endif
