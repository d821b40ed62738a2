/// Observes the calls of a client, for logs, metrics and traces.
///
/// Observers never receive header fields, bodies or queries, nor the arguments of an action, nor values interpolated
/// into a path. For a path given as plain text they receive its words; ``RequestPath/template`` defines which segments
/// count as values. Functions are called on the task of the call, in order, and delay it. A client without observers
/// has no overhead.
public protocol ClientObserver: Sendable {
    /// Called when a call begins.
    ///
    /// - Returns: The observer of this call; `nil` to ignore it.
    func begin(_ call: ObservedCall) -> (any CallObserver)?
}

/// Observes one call from beginning to end.
public protocol CallObserver: Sendable {
    /// Called when the call has to wait before its next attempt.
    func waits(_ wait: ObservedCall.Wait)

    /// Called when an attempt has received a response, or failed.
    func attempted(_ attempt: ObservedCall.Attempt)

    /// Called last, when the call is complete. A call with a streamed response is complete when the head has arrived.
    func finished(_ result: ObservedCall.Result)
}
