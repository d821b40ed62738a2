/// Watches the calls of a client: for logs, counters, traces.
///
/// What it is told never holds header fields, bodies or queries, nor a value that an action's function is given or that
/// is interpolated into a path. Of a path that is given as one text it sees the words; ``RequestPath/template`` tells
/// which of them count as values. Functions are called on the task of the call, in order, and hold it up; a client
/// without observers does nothing for them.
public protocol ClientObserver: Sendable {
    /// A call begins.
    ///
    /// - Returns: What watches this call; `nil` to leave it out.
    func begin(_ call: ObservedCall) -> (any CallObserver)?
}

/// Watches one call from its beginning to its end.
public protocol CallObserver: Sendable {
    /// The call has to wait before its next attempt.
    func waits(_ wait: ObservedCall.Wait)

    /// An attempt has brought an answer, or failed.
    func attempted(_ attempt: ObservedCall.Attempt)

    /// The call is over; nothing is told afterwards. One whose answer is streamed is over when its head has arrived.
    func finished(_ result: ObservedCall.Result)
}
