#if Proxy
internal import NIOCore

/// Timeouts of idle connections, and of exchanges with slow clients.
extension ConnectionHandler {
    /// Checks the timeouts periodically until the channel closes.
    func setTimer() {
        let shortest = min(limits.headTime, limits.bodyTime, limits.writeTime)
        timer = context?.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(min(shortest / 4, .seconds(5)))) {
            [weak self] in
            self?.checkTimes()
            self?.setTimer()
        }
    }

    private func checkTimes() {
        let now = NIODeadline.now()
        guard let exchange else {
            let limit = isLingering ? min(limits.headTime, .seconds(5)) : limits.headTime
            if now - idleSince >= TimeAmount(limit) { context?.close(promise: nil) }
            return
        }
        if exchange.isReaderWaiting, now - exchange.lastArrival >= TimeAmount(limits.bodyTime) {
            exchange.fail(.tooSlow)
        }
        if exchange.writer != nil, now - exchange.writerSince >= TimeAmount(limits.writeTime) { abort(exchange) }
    }
}
#endif
