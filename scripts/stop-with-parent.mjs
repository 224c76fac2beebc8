// Loaded ahead of a script that a starter runs: when the starter is killed too hard to pass a signal on, this one stops as well.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel.unref();
