internal import CCurlShim

/// The loop that drives all transfers of one transport. Its state is confined to its thread.
struct CurlEventLoop {
    private let multi: CurlMultiHandle
    private let mailbox: CurlMailbox
    private var transfers = CurlTransferList()
    private var pool: CurlTransferPool
    private let connectionsPerHost: Int
    private var spareCommands: [CurlCommand] = []
    private var nextDeadline: ContinuousClock.Instant?
    /// The calls finished in this iteration, with their outcomes.
    private var finished: [(CurlCall, CurlCall.Outcome)] = []

    init(multi: CurlMultiHandle, mailbox: CurlMailbox, options: CurlTransport.Options) {
        self.multi = multi
        self.mailbox = mailbox
        connectionsPerHost = options.maximumConnectionsPerHost
        pool = CurlTransferPool(options: options)
    }

    /// Runs until the mailbox is closed, then fails the remaining transfers and destroys the handle. Does not return if
    /// the process exits before.
    mutating func run(among loops: LoopRegistry) {
        do throws(TransportError) {
            while true {
                let phase = try step()
                if phase == .closed { break }
                if phase == .parked {
                    loops.leave(mailbox)
                    TransportThread.park()
                }
            }
            failAll(TransportError(.shutDown))
        } catch {
            // The multi handle itself is broken, so no transfer can continue.
            failAll(error)
        }
        pool.removeAll()
        multi.destroy()
        loops.leave(mailbox)
    }

    /// Runs one iteration: commands, progress, results, sleep.
    private mutating func step() throws(TransportError) -> CurlMailbox.Phase {
        let phase = obey()
        guard phase == .open else { return phase }
        try multi.perform()
        collectResults()
        pool.heads.deliver()
        let now = ContinuousClock.now
        expire(at: now)

        let rest = mailbox.prepareToSleep()
        if rest != .none {
            let patience = rest == .nap ? ResumedCallers.patience : Self.maximumSleep
            let isReady = try multi.wait(until: nextDeadline, now: now, atMost: patience)
            mailbox.wokeUp(hasNapped: rest == .nap && !isReady)
        }
        return phase
    }

    /// The maximum sleep in milliseconds.
    private static let maximumSleep = 60_000

    /// Executes the callers' commands.
    private mutating func obey() -> CurlMailbox.Phase {
        var (commands, phase) = mailbox.take(leaving: &spareCommands)
        guard phase != .parked else { return phase }
        for command in commands {
            switch command {
            case .start where phase == .closed: CurlMailbox.refuse(command)
            case .start(let call): start(call)
            case .cancel(let call): cancel(call)
            case .resume(let call): resume(call)
            case .census(let report): report(CurlCensus(transfers: transfers.count, idleHandles: pool.count))
            }
        }
        commands.removeAll(keepingCapacity: true)
        spareCommands = commands
        return phase
    }

    private mutating func start(_ call: CurlCall) {
        guard !call.isCancelled else { return call.finish(.failure(TransportError(.cancelled))) }
        do throws(TransportError) {
            // On failure, the handle is not returned to the pool, because it is partly configured.
            let transfer = try pool.take()
            try transfer.begin(call)
            try CurlMultiHandle.check(curl_multi_add_handle(multi.pointer, transfer.handle.pointer))
            transfers.add(transfer)
            if call.download != nil { allowConnections() }
            if let deadline = call.deadline {
                nextDeadline = nextDeadline.map { min($0, deadline) } ?? deadline
            }
        } catch {
            call.finish(.failure(error))
        }
    }

    private mutating func cancel(_ call: CurlCall) {
        // There is no transfer if the call has ended, or was refused at its start because it was marked as cancelled.
        guard let transfer = transfers.first(of: call) else { return }
        end(transfer, with: .failure(TransportError(.cancelled, mayHaveReachedServer: transfer.hasSentBytes)))
    }

    /// Adapts the connection limit. A streamed body occupies its connection as long as its reader takes, so it must not
    /// reduce the number of connections for other calls.
    private func allowConnections() {
        multi.allow(connectionsPerHost: connectionsPerHost + transfers.downloadCount)
    }

    private mutating func resume(_ call: CurlCall) {
        guard let transfer = transfers.first(of: call) else { return }
        let code = transfer.resume()
        if code != CURLE_OK { end(transfer, with: transfer.outcome(of: code)) }
    }

    private mutating func collectResults() {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(multi.pointer, &remaining) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            // The message is read first, because removing the handle frees it.
            let code = okta_curl_message_result(message)
            guard let transfer = CurlTransfer.owner(of: handle) else { continue }
            let outcome = transfer.outcome(of: code)
            // A body that was cut off is an error of its reader, who needs the head before.
            if case .failure = outcome { transfer.deliverHead() }
            guard let call = release(transfer) else { continue }
            // The outcome is moved, because a copy would retain each of its parts.
            if call.download == nil { finished.append((call, consume outcome)) } else { call.finish(consume outcome) }
        }
        resumeFinished()
    }

    /// Resumes the callers of finished calls. This follows the work on libcurl, so that no caller waits for it.
    private mutating func resumeFinished() {
        let turn = finished.count > 1 ? mailbox.willResume(finished.count) : nil
        // Elements are moved out of the list, because copying them would retain and release each. The order is
        // irrelevant.
        while let (call, outcome) = finished.popLast() { call.finish(outcome, turn: turn) }
    }

    private mutating func end(_ transfer: CurlTransfer, with outcome: CurlCall.Outcome) {
        release(transfer)?.finish(outcome)
    }

    /// Removes a transfer from the loop and returns its call, which the caller must finish.
    private mutating func release(_ transfer: CurlTransfer) -> CurlCall? {
        _ = curl_multi_remove_handle(multi.pointer, transfer.handle.pointer)
        guard let call = transfer.call else { return nil }
        transfers.remove(transfer)
        if call.download != nil { allowConnections() }
        transfer.clear()
        pool.give(transfer)
        return call
    }

    /// Ends the transfers whose total timeout has passed.
    private mutating func expire(at now: ContinuousClock.Instant) {
        guard let due = nextDeadline, due <= now else { return }
        nextDeadline = nil
        for transfer in transfers.all {
            guard let deadline = transfer.deadline else { continue }
            if deadline <= now {
                let isSent = transfer.hasSentBytes
                let detail =
                    isSent
                    ? "no complete response within the total time allowed"
                    : "no connection was free, or could be made, within the total time allowed; the request was not sent"
                end(transfer, with: .failure(TransportError(.timedOut, detail: detail, mayHaveReachedServer: isSent)))
            } else {
                nextDeadline = nextDeadline.map { min($0, deadline) } ?? deadline
            }
        }
    }

    /// Fails all transfers and queued commands. No further commands are accepted.
    private mutating func failAll(_ error: TransportError) {
        mailbox.retire()
        for command in mailbox.take(leaving: &spareCommands).commands { CurlMailbox.refuse(command) }
        for transfer in transfers.all {
            var error = error
            error.mayHaveReachedServer = transfer.hasSentBytes
            end(transfer, with: .failure(error))
        }
    }
}
